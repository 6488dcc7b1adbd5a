import { Picker } from '../Picker';

interface Props {
  id: string;
  /** IANA name; empty for none. */
  value: string;
  onChange: (zone: string) => void;
  /** What holds without a zone, to choose like one; without it a zone has to be chosen. */
  emptyLabel?: string;
  placeholder?: string;
}

/** Browsers leave UTC out of their list of zones, and a PBX in UTC is the most common one. */
const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map((zone) => ({
  value: zone,
  label: zone,
}));

export function ZonePicker({ id, value, onChange, emptyLabel, placeholder }: Props) {
  const hasDefault = emptyLabel !== undefined;
  return (
    <Picker
      id={id}
      options={hasDefault ? [{ value: '', label: emptyLabel }, ...zones] : zones}
      value={value === '' && !hasDefault ? null : value}
      placeholder={placeholder}
      onChange={(option) => onChange(option.value)}
    />
  );
}
