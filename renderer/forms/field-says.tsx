import styles from './param-form.module.css';

/** What stands below a field that labels itself: what is wrong with it, else its help. */
export function FieldSays({ fault, help }: { readonly fault: string | undefined; readonly help: string }) {
  return (
    <p data-fault={fault ? '' : undefined} className={fault ? styles['fault'] : styles['help']}>
      {fault ?? help}
    </p>
  );
}
