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
  /** True where anything else than the options can be named as well. */
  readonly free?: boolean;
}

/** Something in a file that somebody may want otherwise. */
export interface OpenNote {
  readonly says: string;
  /** The option of the command line for it, and what that does. */
  readonly option?: string;
}

/** Records of one kind that were taken for no rows: told with their texts, as whoever knows better may say otherwise. */
export interface LeftOut {
  /** Above the table, remarks, lines of the header beyond its first, repeats of the header, under the table, another table. */
  readonly kind: 'preamble' | 'comment' | 'header' | 'repeated' | 'footer' | 'otherTable';
  readonly records: number;
  /** The first of them, as they stand in the file. */
  readonly texts: readonly string[];
  /** Which of several files that are one table they stand in. */
  readonly file?: string;
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
  /** What else the file holds that is not loaded, or what is loaded and may be no row. */
  readonly open?: readonly OpenNote[];
  readonly leftOut?: readonly LeftOut[];
  readonly settings: readonly FormatSetting[];
}
