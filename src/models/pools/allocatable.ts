/**
 * Cores of a node that its system keeps for itself (kubelet, container runtime).
 *
 * Rule: 6% of the first core, 1% of the second, 0.5% of the third and fourth, 0.25% of all others.
 * Source: awslabs/amazon-eks-ami, files/bootstrap.sh, get_cpu_millicores_to_reserve, which follows GKE. Differs: what
 * agents on every node request (network, logs) comes on top there, and is left out here.
 */
export function coresOfSystem(cores: number): number {
  const within = (from: number, to: number) => Math.max(0, Math.min(cores, to) - from);
  return (
    within(0, 1) * 0.06 +
    within(1, 2) * 0.01 +
    within(2, 4) * 0.005 +
    within(4, Number.POSITIVE_INFINITY) * 0.0025
  );
}
