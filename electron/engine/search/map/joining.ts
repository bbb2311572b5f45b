/** Things that belong together: two that were joined, and all that were joined with them, have one root. */
export function joining(count: number) {
  const above = Int32Array.from({ length: count }, (_, at) => at);
  const root = (at: number): number => {
    let of = at;
    while (above[of] !== of) {
      above[of] = above[above[of] as number] as number;
      of = above[of] as number;
    }
    return of;
  };
  const join = (one: number, other: number) => {
    above[root(one)] = root(other);
  };
  return { root, join };
}
