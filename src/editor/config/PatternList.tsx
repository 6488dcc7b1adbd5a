import { t } from '@grafana/i18n';
import { Button, Field, Input, Stack } from '@grafana/ui';

interface Props {
  /** Start of the ids of the inputs. */
  id: string;
  /** What the n-th pattern is called, such as `Agent pattern 1`. */
  labelOf: (number: number) => string;
  removeLabelOf: (number: number) => string;
  addLabel: string;
  patterns: readonly string[];
  defaults: readonly string[];
  /** Undefined for the defaults. */
  onChange: (patterns: string[] | undefined) => void;
  problemOf: (pattern: string) => string | null;
}

/** An ordered list of patterns, each told wrong beside it. */
export function PatternList({ id, labelOf, removeLabelOf, addLabel, patterns, defaults, onChange, problemOf }: Props) {
  return (
    <Stack direction="column" gap={0}>
      {patterns.map((pattern, place) => {
        const problem = problemOf(pattern);
        return (
          <Field key={place} label={labelOf(place + 1)} invalid={problem !== null} error={problem}>
            <Input
              id={`${id}-${place}`}
              value={pattern}
              onChange={(event) => onChange(patterns.with(place, event.currentTarget.value))}
              addonAfter={
                <Button
                  variant="secondary"
                  icon="trash-alt"
                  aria-label={removeLabelOf(place + 1)}
                  onClick={() => onChange(patterns.toSpliced(place, 1))}
                />
              }
            />
          </Field>
        );
      })}
      <Stack wrap="wrap">
        <Button variant="secondary" icon="plus" onClick={() => onChange([...patterns, ''])}>
          {addLabel}
        </Button>
        {!isDefault(patterns, defaults) && (
          <Button variant="secondary" fill="text" onClick={() => onChange(undefined)}>
            {t('config-editor.patterns.reset', 'Restore defaults')}
          </Button>
        )}
      </Stack>
    </Stack>
  );
}

/** True for the patterns that hold where none are saved. */
export function isDefault(patterns: readonly string[], defaults: readonly string[]): boolean {
  return patterns.length === defaults.length && patterns.every((pattern, place) => pattern === defaults[place]);
}
