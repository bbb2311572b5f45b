/** The topic of the nearest point that lies already, for each of the placed ones: every pair is looked at. */
export function topicsNear(placed: Float32Array, positions: Float32Array, topics: Int32Array): Int32Array {
  return Int32Array.from({ length: placed.length / 2 }, (_, at) => {
    let [best, least] = [-1, Number.POSITIVE_INFINITY];
    for (let other = 0; other < topics.length; other++) {
      const across = (positions[other * 2] as number) - (placed[at * 2] as number);
      const down = (positions[other * 2 + 1] as number) - (placed[at * 2 + 1] as number);
      const distance = across * across + down * down;
      if (distance < least) [best, least] = [topics[other] as number, distance];
    }
    return best;
  });
}
