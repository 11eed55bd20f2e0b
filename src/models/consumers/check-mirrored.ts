import type { Design } from '../design.ts';
import type { Finding } from '../kind.ts';
import { type ConsumerConfig, serviceOf } from './config.ts';
import { clusterOf, readersOf } from './placement.ts';

/** A record that is mirrored lies in several regions, and is to be applied in one. */
export function checkMirrored(config: ConsumerConfig, design: Design): Finding[] {
  const { mirrored } = config;
  if (mirrored === false) return [];
  const groups = readersOf(config, design);
  const read = groups.filter(({ homes }) => homes.length > 0).map(({ region }) => region);
  const service = serviceOf(config);
  if (mirrored !== true && !read.includes(mirrored.name)) {
    return [
      {
        path: ['mirrored'],
        message: `nobody would read in ${mirrored.name}: ${service} does not stand there, or ${config.topic.name} does not`,
        expected: read.length === 0 ? `a region where ${service} stands` : read.join(' or '),
      },
    ];
  }
  if (mirrored === true && read.length > 1) {
    return [
      {
        path: ['mirrored'],
        message: `each record would be applied ${read.length} times, once in each of ${read.join(', ')}: mirrored records lie in all of them`,
        expected: `the one region in which records are applied, such as mirrored: ${read[0]}`,
        hint: `without mirrored each region applies what is published there; or let ${service} stand in one region`,
      },
    ];
  }
  const { isMirrored, name } = clusterOf(config, design);
  if (isMirrored || groups.length < 2) return [];
  return [
    {
      path: ['mirrored'],
      message: `${name} mirrors nothing: only what is published in the region itself would be read`,
      expected: `mirror: all for clusters.${name}, or a consumer without mirrored`,
    },
  ];
}
