/**
 * EC2, Linux, on demand: $ an hour of the size `large`; other sizes of a family are multiples.
 *
 * Sources: us-east-1 from the pricing table that Karpenter's AWS provider carries (zz_generated.pricing_aws.go, generated
 * 2026-07-20); other locations from SkyPilot's catalog (catalogs/v8/aws/vms.csv, undated).
 */
import type { ByLocation, Figure } from '../book.ts';

const karpenter = 'karpenter-provider-aws zz_generated.pricing_aws.go, generated 2026-07-20';
const skypilot = 'skypilot-catalog v8 aws/vms.csv';

const usEast1 = (value: number): Figure => ({ value, confidence: 'S', source: karpenter });
const elsewhere = (value: number): Figure => ({ value, confidence: 'S', source: skypilot });
const inThree = (us: number, ireland: number, singapore: number): ByLocation => ({
  'us-east-1': usEast1(us),
  'eu-west-1': elsewhere(ireland),
  'ap-southeast-1': elsewhere(singapore),
});

/** m6i.4xlarge is what was read in most locations: eight times `large`. */
const m6i4xlarge: Readonly<Record<string, number>> = {
  'us-east-2': 0.768,
  'us-west-2': 0.768,
  'ca-central-1': 0.856,
  'eu-central-1': 0.92,
  'eu-west-2': 0.888,
  'eu-west-3': 0.896,
  'eu-north-1': 0.816,
  'ap-south-1': 0.808,
  'ap-northeast-1': 0.992,
  'ap-northeast-2': 0.944,
  'ap-southeast-2': 0.96,
  'me-south-1': 1.056,
  'ap-east-1': 1.056,
  'af-south-1': 1.016,
};

export const onDemand: Readonly<Record<string, ByLocation>> = {
  m6i: {
    ...inThree(0.096, 0.107, 0.12),
    ...Object.fromEntries(Object.entries(m6i4xlarge).map(([where, price]) => [where, elsewhere(price / 8)])),
  },
  m6a: inThree(0.0864, 0.0963, 0.108),
  m6g: inThree(0.077, 0.086, 0.096),
  m7g: inThree(0.0816, 0.091, 0.102),
  r6g: inThree(0.1008, 0.1128, 0.1216),
  r6i: {
    'us-east-1': usEast1(0.126),
    'eu-west-1': { value: 0.141, confidence: 'R', source: 'us-east-1 × 1.119, the ratio of r6g' },
    'ap-southeast-1': { value: 0.152, confidence: 'R', source: 'us-east-1 × 1.206, the ratio of r6g' },
  },
  m7i: { 'us-east-1': usEast1(0.1008) },
  m7a: { 'us-east-1': usEast1(0.11592) },
  m8g: { 'us-east-1': usEast1(0.08976) },
  c6i: { 'us-east-1': usEast1(0.085) },
  c7g: { 'us-east-1': usEast1(0.0725) },
  r7g: { 'us-east-1': usEast1(0.1071) },
  r7i: { 'us-east-1': usEast1(0.1323) },
  r8g: { 'us-east-1': usEast1(0.11782) },
  m5: { 'us-east-1': usEast1(0.096) },
  // Read as t3.medium 0.0416 and t4g.medium 0.0336, i3en.xlarge 0.452 and i4i.xlarge 0.343.
  t3: { 'us-east-1': usEast1(0.0832) },
  t4g: { 'us-east-1': usEast1(0.0672) },
  i3en: { 'us-east-1': usEast1(0.226) },
  i4i: { 'us-east-1': usEast1(0.1715) },
};

/** What m6i costs in a location over what it costs in us-east-1: an estimate for all else. */
export const locationRatio: ByLocation = Object.fromEntries(
  Object.entries(onDemand.m6i).map(([where, { value }]) => [
    where,
    {
      value: value / onDemand.m6i['us-east-1'].value,
      confidence: 'R',
      source: 'estimated by the ratio of m6i prices',
    },
  ]),
);
