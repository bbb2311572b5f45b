import { useMemo } from 'react';
import { Grid, type GridProps } from './grid.tsx';
import { rowsOf } from './rows.ts';

/** A grid over Arrow bytes that are here already: a query's result, a preview. */
export function BytesGrid(props: Omit<GridProps, 'rows'> & { readonly bytes: Uint8Array }) {
  const { bytes, ...rest } = props;
  const rows = useMemo(() => rowsOf(bytes), [bytes]);
  return <Grid {...rest} rows={rows} />;
}
