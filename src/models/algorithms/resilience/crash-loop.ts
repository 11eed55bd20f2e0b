/**
 * When a container that has died is started again on its node: at once, and later each time it dies again soon.
 *
 * Rule: the first death waits for nothing. One that comes no more than ten minutes after the last start again waits, from
 * its own instant on, for 10 s, then 20 s, 40 s … at most 5 min; one that comes later is a first one.
 * Source: Kubernetes 1.28, pkg/kubelet/kuberuntime/kuberuntime_manager.go (doBackOff), pkg/kubelet/kubelet.go
 * (backOffPeriod 10 s, MaxContainerBackOff 300 s), client-go/util/flowcontrol/backoff.go (forgets after twice the
 * most). Differs: the kubelet’s sync, up to a second later, is left out. Cost: O(1). Nanoseconds.
 */
const first = 10e9;
const most = 300e9;
const forgets = 2 * most;

export class CrashLoop {
  private backOff = 0;
  private startedAt = 0;

  /** It died at `now`. @returns the instant at which it is started again */
  died(now: number): number {
    const isAgain = this.backOff > 0 && now - this.startedAt <= forgets;
    this.startedAt = isAgain ? now + this.backOff : now;
    this.backOff = isAgain ? Math.min(most, this.backOff * 2) : first;
    return this.startedAt;
  }
}
