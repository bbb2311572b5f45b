import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Offer } from '../../shared/contract/query-language.ts';
import { engine } from '../engine.ts';
import { cx } from '../ui/cx.ts';
import control from '../ui/labelled.module.css';
import { type ControlIds, Label, type Labelled } from '../ui/labelled.tsx';
import popup from '../ui/popup.module.css';
import styles from './completed-text.module.css';
import { type Around, fittingOffers, taken, wordBefore } from './formula-place.ts';

interface CompletedTextProps extends Labelled {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly lines: number;
  readonly placeholder: string | undefined;
  readonly disabled: boolean;
  /** An expression, not a whole query. */
  readonly formula?: boolean;
  readonly around: Around;
}

interface Offered {
  readonly offers: readonly Offer[];
  readonly from: number;
  readonly to: number;
  readonly chosen: number;
}

/** A box for SQL that offers columns and functions as one types: arrows choose, Enter takes, Escape lets go. */
export function CompletedText(props: CompletedTextProps) {
  const { label, help, error } = props;
  return <Label {...{ label, help, error }}>{(ids) => <Box {...props} ids={ids} />}</Label>;
}

function Box(props: CompletedTextProps & { readonly ids: ControlIds }) {
  const { value, placeholder, disabled, lines, ids } = props;
  const box = useRef<HTMLTextAreaElement>(null);
  const { offered, choose, ask, close, take } = useOffers(box, props);
  const keys = offered && keysOf(offered, { choose, close, take });
  const list = `${ids.id}-offers`;
  return (
    <div className={styles['place']}>
      <textarea
        {...ids}
        {...{ value, placeholder, disabled }}
        ref={box}
        style={{ minHeight: `calc(${lines} * 1.5em + 12px)` }}
        spellCheck={false}
        aria-autocomplete="list"
        aria-controls={offered ? list : undefined}
        aria-activedescendant={offered ? `${list}-${offered.chosen}` : undefined}
        className={cx(control['control'], control['mono'])}
        onChange={(event) => {
          props.onChange(event.target.value);
          void ask(event.target.value, event.target.selectionStart, false);
        }}
        onBlur={close}
        onClick={close}
        onKeyDown={(event) => {
          if (event.ctrlKey && event.key === ' ') {
            event.preventDefault();
            void ask(value, event.currentTarget.selectionStart, true);
          } else if (!event.nativeEvent.isComposing) keys?.(event);
        }}
      />
      {offered && <Offers {...offered} id={list} label={props.label} onTake={take} />}
    </div>
  );
}

/** Tab leaves the field, as everywhere in forms, unless the arrows chose something. */
const keysOf =
  (
    { chosen, offers }: Offered,
    does: { choose: (at: number) => void; close: () => void; take: (offer: Offer) => void },
  ) =>
  (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const offer = offers[chosen];
    if (by) does.choose((chosen + by + offers.length) % offers.length);
    else if (event.key === 'Escape') does.close();
    else if (offer && (event.key === 'Enter' || (event.key === 'Tab' && chosen > 0))) does.take(offer);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

function useOffers(
  box: RefObject<HTMLTextAreaElement | null>,
  { value, onChange, around, formula = false }: CompletedTextProps,
) {
  const [offered, setOffered] = useState<Offered>();
  const asked = useRef(0);
  const askedAt = useRef<readonly [text: string, at: number]>(undefined);
  const caret = useRef<number>(undefined);
  const close = () => {
    asked.current++;
    askedAt.current = undefined;
    setOffered(undefined);
  };
  const ask = async (text: string, at: number, always: boolean) => {
    const mine = ++asked.current;
    askedAt.current = [text, at];
    const word = wordBefore(text, at);
    if (word === '' && !always && text[at - 1] !== '.') return setOffered(undefined);
    const { before, after } = around;
    const whole = { text: before + text + after, at: before.length + at };
    const found = await engine.query.complete(whole).catch(() => undefined);
    if (mine !== asked.current) return;
    const offers = found ? fittingOffers(found, word, formula) : [];
    const place = { from: (found?.from ?? 0) - before.length, to: (found?.to ?? 0) - before.length };
    setOffered(offers.length > 0 ? { offers, ...place, chosen: 0 } : undefined);
  };
  const take = (offer: Offer) => {
    if (!offered) return;
    const next = taken(value, offered, offer);
    close();
    caret.current = next.at;
    onChange(next.text);
  };
  useLayoutEffect(() => {
    if (caret.current === undefined || box.current?.value !== value) return;
    box.current.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  }, [box, value]);
  const again = useRef(ask);
  again.current = ask;
  // Columns may become known only after the first letters were written.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what stands around is what calls for asking again
  useEffect(() => {
    if (askedAt.current) void again.current(...askedAt.current, false);
  }, [around.before, around.after]);
  const choose = (chosen: number) => setOffered(offered && { ...offered, chosen });
  return { offered, choose, ask, close, take };
}

function Offers(
  props: Offered & { readonly id: string; readonly label: string; readonly onTake: (offer: Offer) => void },
) {
  const { id, label, offers, chosen, onTake } = props;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.scrollIntoView({ block: 'nearest' }), []);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <div ref={list} id={id} role="listbox" aria-label={`For ${label}`} className={styles['offers']}>
      {offers.map((offer, at) => (
        <div
          key={`${offer.kind} ${offer.label}`}
          id={`${id}-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === chosen}
          className={popup['item']}
          data-highlighted={at === chosen ? '' : undefined}
          onPointerDown={(event) => {
            event.preventDefault();
            onTake(offer);
          }}
        >
          <span className={styles['name']}>{offer.label}</span>
          <span className={cx(popup['words'], popup['aside'])}>{wordsOf(offer)}</span>
        </div>
      ))}
    </div>
  );
}

/** A column's type alone: all columns here are of the same input. */
const wordsOf = ({ kind, detail }: Offer): string => detail?.replace(/ · input$/, '') ?? kind;
