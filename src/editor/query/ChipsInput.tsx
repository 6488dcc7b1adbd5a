import { MultiCombobox, type ComboboxOption } from '@grafana/ui';

interface Props<T extends string> {
  id: string;
  /** Width in multiples of 8 pixels, as that of Grafana's other inputs. */
  width: number;
  options: Array<ComboboxOption<T>> | ((typed: string) => Promise<Array<ComboboxOption<T>>>);
  value: Array<ComboboxOption<T>>;
  onChange: (values: T[]) => void;
  placeholder?: string;
  invalid?: boolean;
  isClearable?: boolean;
  createCustomValue?: boolean;
}

/**
 * Several values as chips. The width is set around Grafana's MultiCombobox, which takes its own `width` for pixels when
 * it counts the chips that fit (Grafana 12.4, useMeasureMulti.ts) and so would hide all but one.
 */
export function ChipsInput<T extends string>({ width, onChange, ...combobox }: Props<T>) {
  return (
    <div style={{ width: width * 8 }}>
      <MultiCombobox {...combobox} onChange={(options) => onChange(options.map(({ value }) => value))} />
    </div>
  );
}
