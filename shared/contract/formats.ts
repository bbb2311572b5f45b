import { z } from 'zod';

/** The value of one of a format's settings. */
export const settingValue = z.union([z.string(), z.number(), z.boolean()]);

export type SettingValue = z.infer<typeof settingValue>;

/** Only what a person chose: another format than the one found, or some of its settings. */
export const formatChoice = z.object({
  kind: z.string().optional(),
  settings: z.record(z.string(), settingValue).optional(),
});

export type FormatChoice = z.infer<typeof formatChoice>;

/** A setting of a format, as a form shows it. */
export interface FormatSetting {
  readonly key: string;
  readonly label: string;
  /** Empty where the label says it all. */
  readonly help: string;
  readonly value: SettingValue;
  /** What can be chosen; anything where there are none. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
}

/** A format as it was found out: `confidence` from 0 to 1, `evidence` in words. */
export interface SniffedFormat {
  /** `delimited`, `json` … */
  readonly kind: string;
  readonly title: string;
  readonly confidence: number;
  readonly evidence: string;
  /** True where the file was unpacked first: places in bytes are those in what came out. */
  readonly packed?: boolean;
  /** What else the file holds that is not loaded, and the option that loads it. */
  readonly open?: readonly string[];
  readonly settings: readonly FormatSetting[];
}
