/** What a view can ask of its editor. */
export interface EditorHandle {
  /** The selected part of the text, from and to as offsets; equal where nothing is selected. */
  selection(): { readonly from: number; readonly to: number };
  focus(): void;
  /** Lays the text out anew. */
  format(): void;
  /** Puts the cursor at an offset and shows it. */
  reveal(offset: number): void;
}
