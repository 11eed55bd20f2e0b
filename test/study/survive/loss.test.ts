import { describe, expect, test } from 'vitest';
import { lossTimes } from '../../../src/study/survive/loss-times.ts';
import { faultName, lostPlaces, placeName } from '../../../src/study/survive/lost-place.ts';
import { designOf } from '../../models/harness.ts';
import { threeRegions } from './designs.ts';

const design = designOf(threeRegions());

describe('places to lose', () => {
  const named = (...words: string[]) => {
    const found = lostPlaces(words, design);
    return 'problem' in found ? found.problem : found.places.map(placeName);
  };

  test('are regions, zones by number or letter, or all of either, each once', () => {
    expect(named('each-region')).toEqual(['east', 'west', 'south']);
    expect(named('each-zone')).toHaveLength(9);
    expect(named('west', 'east.b', 'east.2', 'west')).toEqual(['west', 'east.2']);
    expect(faultName({ region: 'east', zone: 2 })).toBe('lose-east-2');
  });

  test('that do not exist are told with what does', () => {
    expect(named('eest')).toBe(
      'no region is called eest; expected east, west, south, each-region or each-zone (did you mean east?)',
    );
    expect(named('east.d')).toBe('east has no zone d; expected east.1 to east.3');
    expect(named('east.0')).toContain('has no zone 0');
    expect(named('east.1.2')).toContain('no region is called east.1.2');
  });
});

describe('the time of a loss', () => {
  test('is the beginning of the measured window where the load is flat', () => {
    expect(lossTimes(design)).toEqual({ at: 120, measuredFrom: 420, until: 720 });
  });

  test('leaves survivors half of a short run to take over', () => {
    const short = designOf(threeRegions().replace('duration: 12m, warmUp: 2m', 'duration: 4m, warmUp: 1m'));
    expect(lossTimes(short)).toEqual({ at: 60, measuredFrom: 150, until: 240 });
  });

  test('is the peak of the profile, where half of the window is left behind it', () => {
    const trading = (start: string, duration: string) =>
      designOf(
        threeRegions()
          .replace('rate: 50/s', 'rate: 1M/day, profile: { shape: market-day, timezone: America/New_York }')
          .replace('duration: 12m, warmUp: 2m', `start: ${start}, duration: ${duration}, warmUp: 10m`),
      );
    // The market opens at 14:30 UTC with the most trades of the morning.
    const opening = lossTimes(trading('2026-01-14T14:10Z', '2h'));
    expect(opening.at).toBeGreaterThanOrEqual(20 * 60);
    expect(opening.at).toBeLessThan(30 * 60);
    // The close at 21:00 has more, but only twenty minutes would be left of three hours.
    expect(lossTimes(trading('2026-01-14T18:20Z', '3h')).at).toBeLessThanOrEqual(95 * 60);
  });
});
