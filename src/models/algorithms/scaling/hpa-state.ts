/**
 * What an HPA remembers between two looks, and the words for why it did what it did. All instants in
 * nanoseconds.
 */

export interface HpaState {
  /** What the metrics asked for, look by look, oldest first. */
  recommendations: readonly { at: number; replicas: number }[];
  /** Changes made, for the policies of `behavior`; `outdated` ones only wait to be replaced. */
  scaleUps: readonly ScaleEvent[];
  scaleDowns: readonly ScaleEvent[];
}

export interface ScaleEvent {
  at: number;
  /** Replicas added (or removed): positive. */
  change: number;
  outdated: boolean;
}

/** What one look asks of the normalization. */
export interface ReplicaRequest {
  now: number;
  currentReplicas: number;
  proposedReplicas: number;
}

/** Reasons of the AbleToScale condition. */
export type AbleToScale = 'ReadyForNewScale' | 'ScaleUpStabilized' | 'ScaleDownStabilized';

/** Reasons of the ScalingLimited condition. */
export type ScalingLimit =
  | 'DesiredWithinRange'
  | 'ScaleUpLimit'
  | 'ScaleDownLimit'
  | 'TooManyReplicas'
  | 'TooFewReplicas';

export interface NormalizedReplicas {
  replicas: number;
  ableToScale: AbleToScale;
  limit: ScalingLimit;
  /** Whether the limit changed the answer. */
  limited: boolean;
  state: HpaState;
}

/** The controller starts with one recommendation: what was there when it first looked. */
export const initialHpaState = (now: number, currentReplicas: number): HpaState => ({
  recommendations: [{ at: now, replicas: currentReplicas }],
  scaleUps: [],
  scaleDowns: [],
});
