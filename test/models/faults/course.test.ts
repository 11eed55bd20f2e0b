import { describe, expect, test } from 'vitest';
import { Course } from '../../../src/models/faults/course.ts';

describe('the course of a level', () => {
  test('is the mean, the highest and the growth of its last five minutes', () => {
    let level = 1000;
    const course = new Course({ sign: 'waiting', of: 'services.s', level: () => level });
    for (let second = 0; second < 200; second += 1) course.look();
    // What is longer ago than 300 looks is forgotten.
    for (level = 1; level <= 300; level += 1) course.look();
    expect(course.level).toBe(300);
    expect(course.condition).toMatchObject({ isKnown: true, mean: 150.5, highest: 300, growth: 150 });
  });

  test('is not known before half a minute', () => {
    const course = new Course({ sign: 'lag', of: 'consumers.c', level: () => 5 });
    for (let second = 0; second < 29; second += 1) course.look();
    expect(course.condition.isKnown).toBe(false);
    course.look();
    expect(course.condition.isKnown).toBe(true);
  });
});

describe('the course of a share', () => {
  const sums = { part: 0, whole: 0 };
  const course = (perSecond: number) => {
    Object.assign(sums, { part: 0, whole: 0 });
    const made = new Course({
      sign: 'misses',
      of: 'caches.c',
      part: () => sums.part,
      whole: () => sums.whole,
    });
    const look = (share: number, seconds: number) => {
      for (let second = 0; second < seconds; second += 1) {
        sums.part += share * perSecond;
        sums.whole += perSecond;
        made.look();
      }
    };
    return { made, look };
  };

  test('of late is that of ten seconds where enough comes in them', () => {
    const { made, look } = course(50);
    look(0.1, 100);
    look(0.9, 10);
    expect(made.share).toEqual({ part: expect.closeTo(450, 6), whole: 500 });
  });

  test('of late is that of as many seconds as a hundred cases take', () => {
    const { made, look } = course(4);
    look(0.5, 100);
    expect(made.share.whole).toBe(120);
  });

  test('is not known where hardly anything was asked for: of a region that stood by', () => {
    const { made, look } = course(0.1);
    look(0, 300);
    expect(made.condition.isKnown).toBe(false);
  });
});
