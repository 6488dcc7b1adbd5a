import { Combobox } from '@grafana/ui';
import { useMemo, type ComponentProps } from 'react';

type ComboboxProps<T extends string> = ComponentProps<typeof Combobox<T>>;
type Props<T extends string> = ComboboxProps<T> & { options: Extract<ComboboxProps<T>['options'], unknown[]> };

/**
 * One of some values. Grafana's Combobox takes options that are other objects for another value: it drops what the user has
 * typed, and a pick that falls together with it (downshift, useControlledReducer). A query editor is drawn again with each
 * call that arrives, so the options stay the same objects here for as long as they say the same.
 */
export function Picker<T extends string>({ options, ...combobox }: Props<T>) {
  const said = JSON.stringify(options);
  const same = useMemo(() => JSON.parse(said) as typeof options, [said]);
  return <Combobox<T> {...({ ...combobox, options: same } as ComboboxProps<T>)} />;
}
