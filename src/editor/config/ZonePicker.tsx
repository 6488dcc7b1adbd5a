import { Picker } from '../Picker';

interface Props {
  id: string;
  /** IANA name; empty for none. */
  value: string;
  onChange: (zone: string) => void;
  placeholder: string;
}

/** Browsers leave UTC out of their list of zones, and a PBX in UTC is the most common one. */
const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map((zone) => ({
  value: zone,
  label: zone,
}));

export function ZonePicker({ id, value, onChange, placeholder }: Props) {
  return (
    <Picker
      id={id}
      width={40}
      options={zones}
      value={value === '' ? null : value}
      placeholder={placeholder}
      isClearable
      onChange={(option) => onChange(option?.value ?? '')}
    />
  );
}
