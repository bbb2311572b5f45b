/** Brings the first field with something wrong into view, and the focus to it, once the faults are drawn. */
export function showFirstFault(): void {
  requestAnimationFrame(() => {
    const field = document.querySelector('[data-dialog] [data-fault]')?.parentElement;
    field?.scrollIntoView({ block: 'center' });
    const control =
      field?.querySelector<HTMLElement>('[aria-invalid="true"]') ??
      field?.querySelector<HTMLElement>('input:not([aria-hidden]), textarea, button');
    control?.focus({ preventScroll: true });
  });
}
