import styles from './marked-words.module.css';

/** A sentence whose names stand between backticks, the names in the mono face. */
export function MarkedWords({ says }: { readonly says: string }) {
  const parts = says.split('`');
  // An odd count of marks means that they are part of a name: then nothing can be told apart.
  if (parts.length % 2 === 0) return says;
  return parts.map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never move
      <code key={at} className={styles['name']}>
        {part}
      </code>
    ),
  );
}
