import { describe, expect, it } from 'vitest';
import type { Instance } from '../../../src/models/services/instance.ts';
import type { Member } from '../../../src/models/services/member.ts';
import { PodSamples, podReading } from '../../../src/models/services/pod-samples.ts';

const second = 1e9;

/** A pod that uses so many cores and gets so many requests a second from its start on. */
function pod(startedAt: number, cores: number, requests: number, readyAt = startedAt) {
  const clock = { now: 0 };
  const instance = {
    alive: true,
    coreTicksUsed: (now: number) => (now - startedAt) * cores,
    get arrivals() {
      return ((clock.now - startedAt) / second) * requests;
    },
  } as unknown as Instance;
  return { clock, member: { instance, startedAt, readyAt, isReady: readyAt <= 0 } as unknown as Member };
}

function scraped(at: readonly number[], startedAt: number) {
  const { clock, member } = pod(startedAt * second, 0.4, 30);
  const samples = new PodSamples(15 * second);
  for (const seconds of at) {
    clock.now = seconds * second;
    samples.scrape(clock.now, [member]);
  }
  return samples.sampleOf(member.instance as Instance);
}

describe('a sample of metrics-server', () => {
  it('is the mean between the last two scrapes', () => {
    expect(scraped([5, 20], -1000)).toEqual({
      at: 20 * second,
      window: 15 * second,
      cores: expect.closeTo(0.4, 9),
      requests: expect.closeTo(30, 9),
    });
  });

  it('is not there after one scrape of a pod that is there for long', () => {
    expect(scraped([5], -1000)).toBeUndefined();
  });

  it('covers the life of a pod that was started ten seconds before its first scrape, not of a younger one', () => {
    expect(scraped([20], 10)).toMatchObject({ window: 10 * second });
    expect(scraped([20], 10.001)).toBeUndefined();
    expect(scraped([20, 35], 10.001)).toMatchObject({ at: 35 * second, window: 15 * second });
  });

  it('is forgotten with its pod', () => {
    const { clock, member } = pod(-1000 * second, 1, 1);
    const samples = new PodSamples(15 * second);
    for (const seconds of [5, 20]) {
      clock.now = seconds * second;
      samples.scrape(clock.now, [member]);
    }
    samples.scrape(35 * second, []);
    samples.scrape(50 * second, [member]);
    expect(samples.sampleOf(member.instance as Instance)).toBeUndefined();
  });
});

describe('a pod as the autoscaler sees it', () => {
  const sample = { at: 20 * second, window: 15 * second, cores: 0.4, requests: 30 };
  const use = ({ cores }: { cores: number }) => cores;

  it('is pending while it waits for room', () => {
    const waiting = { instance: undefined, isReady: false } as unknown as Member;
    expect(podReading(waiting, undefined, use, 1)).toEqual({ phase: 'Pending', ready: false, request: 1 });
  });

  it('is running and not ready while it starts, since it began to', () => {
    const { member } = pod(7 * second, 1, 1, Number.NaN);
    expect(podReading(member, sample, use, 1)).toEqual({
      phase: 'Running',
      ready: false,
      startedAt: 7 * second,
      readyChangedAt: 7 * second,
      usage: 0.4,
      sampledAt: 20 * second,
      sampleWindow: 15 * second,
      request: 1,
    });
  });

  it('has no use while it has no sample', () => {
    const { member } = pod(-7 * second, 1, 1);
    expect(podReading(member, undefined, use)).toEqual({
      phase: 'Running',
      ready: true,
      startedAt: -7 * second,
      readyChangedAt: -7 * second,
    });
  });
});
