/** Decides to which region a caller's request goes. */
export interface Router {
  /**
   * @param origin place of the caller
   * @param candidates places of the regions where the called service stands
   * @param uniform a draw of the request's own
   * @returns the place of the region, or -1 when there is none
   */
  route(origin: number, candidates: readonly number[], uniform: number): number;
}

export const routingSection = 'routing';
