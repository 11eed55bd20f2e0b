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
  const region = mirrored === true ? read[0] : mirrored.name;
  return groups.length < 2 ? [] : checkCopies(config, region, design);
}

/** Whether what other regions publish comes to the one where it is read. */
function checkCopies(config: ConsumerConfig, region: string, design: Design): Finding[] {
  const { copied, name } = clusterOf(config, design);
  if (copied.includes(region)) return [];
  const topic = config.topic.name;
  return [
    {
      path: ['mirrored'],
      message:
        copied.length === 0
          ? `${topic} is mirrored nowhere: only what is published in the region itself would be read`
          : `${topic} is mirrored in ${copied.join(' and ')}, not in ${region}, where it would be read`,
      expected: `mirror: all for clusters.${name}, or a consumer without mirrored`,
    },
  ];
}
