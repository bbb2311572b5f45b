import { useMemo, useRef } from 'react';
import { parameterNames } from '../../../shared/query-parameters.ts';
import { engine } from '../../engine.ts';
import { askValues } from './ask-values.ts';
import { type ParameterValues, useRememberedValues } from './outcome.ts';

/** Asks for the values of a text's parameters before it runs, beginning with those given last. */
export function useValues() {
  const [remembered, remember] = useRememberedValues();
  const last = useRef(remembered);
  last.current = remembered;
  return useMemo(
    () => ({
      /** Nothing where the person thought better of it. */
      of: async (text: string): Promise<ParameterValues | undefined> => {
        const names = parameterNames(text);
        if (names.length === 0) return {};
        const parameters = await engine.query
          .parameters({ text })
          .catch(() => names.map((name) => ({ name, type: 'text' })));
        const given = await askValues(parameters, last.current, (values) =>
          engine.query.misfits({ text, values }).catch(() => []),
        );
        if (given) remember({ ...last.current, ...given });
        return given ?? undefined;
      },
    }),
    [remember],
  );
}
