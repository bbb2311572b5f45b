type Plain = Readonly<Record<string, unknown>>;

/**
 * What makes a file of the next format of one of each: the first of those written by hand before there was a version. Who
 * changes the shape of a step's setting, or of the file, adds one at the end; the file itself changes when it is saved.
 */
const upgrades: readonly ((file: Plain) => Plain)[] = [
  ({ steps, ...file }) => ({ ...file, steps: Array.isArray(steps) ? steps.map(withListOfInputs) : steps }),
];

/** The format that files have now. */
export const pipelineFormat = upgrades.length;

/** A file's content in today's format, whatever earlier one it has; what is no pipeline stays as it is. */
export function upgraded(file: unknown): unknown {
  if (typeof file !== 'object' || file === null || Array.isArray(file)) return file;
  const { version = 0, ...rest } = file as Plain;
  if (!Number.isInteger(version) || Number(version) < 0 || Number(version) >= pipelineFormat) return file;
  const content = upgrades.slice(Number(version)).reduce((now: Plain, upgrade) => upgrade(now), rest);
  return { version: pipelineFormat, ...content };
}

const withListOfInputs = (step: unknown): unknown => {
  const inputs = (step as Plain | null)?.['inputs'];
  return typeof inputs === 'string' ? { ...(step as Plain), inputs: [inputs] } : step;
};
