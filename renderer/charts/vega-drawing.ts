import { parse, View, Warn } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';

/** A chart that was drawn. */
export interface Drawing {
  svg(): Promise<string>;
  /** A picture of twice the size, as bytes of a PNG. */
  png(): Promise<Uint8Array>;
  end(): void;
}

/**
 * Draws a specification into a place. Expressions are interpreted, not compiled, because the window's policy forbids
 * making code from text; nothing is loaded from anywhere.
 */
export async function drawChart(place: HTMLElement, spec: Record<string, unknown>): Promise<Drawing> {
  const { spec: vega } = compile(spec as unknown as TopLevelSpec);
  const view = new View(parse(vega, undefined, { ast: true }), {
    container: place,
    renderer: 'svg',
    hover: true,
    logLevel: Warn,
    expr: expressionInterpreter,
    loader: { load: refuse, sanitize: refuse, http: refuse, file: refuse, options: {} } as never,
  });
  await view.runAsync();
  const watching = new ResizeObserver(() => void view.resize().runAsync());
  watching.observe(place);
  return {
    svg: () => view.toSVG(),
    png: async () => {
      const canvas = (await view.toCanvas(2)) as HTMLCanvasElement;
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
      return new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0));
    },
    end: () => {
      watching.disconnect();
      view.finalize();
      place.replaceChildren();
    },
  };
}

const refuse = async (): Promise<never> => {
  throw new Error('Charts load nothing.');
};
