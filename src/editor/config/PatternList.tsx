import { t } from '@grafana/i18n';
import { Button, IconButton, InlineField, Input, Stack } from '@grafana/ui';

interface Props {
  /** Start of the ids of the inputs. */
  id: string;
  /** What the n-th pattern is called, such as `Agent pattern 1`. */
  labelOf: (number: number) => string;
  removeLabelOf: (number: number) => string;
  addLabel: string;
  patterns: readonly string[];
  defaults: readonly string[];
  onChange: (patterns: string[]) => void;
  problemOf: (pattern: string) => string | null;
}

/** An ordered list of patterns, each told wrong beside it. */
export function PatternList({ id, labelOf, removeLabelOf, addLabel, patterns, defaults, onChange, problemOf }: Props) {
  const isDefault =
    patterns.length === defaults.length && patterns.every((pattern, place) => pattern === defaults[place]);
  return (
    <Stack direction="column" alignItems="flex-start">
      {patterns.map((pattern, place) => {
        const problem = problemOf(pattern);
        return (
          <Stack key={place} alignItems="flex-start">
            <InlineField label={labelOf(place + 1)} labelWidth={30} invalid={problem !== null} error={problem}>
              <Input
                id={`${id}-${place}`}
                width={60}
                value={pattern}
                onChange={(event) => onChange(patterns.with(place, event.currentTarget.value))}
              />
            </InlineField>
            <IconButton
              name="trash-alt"
              size="lg"
              aria-label={removeLabelOf(place + 1)}
              onClick={() => onChange(patterns.toSpliced(place, 1))}
            />
          </Stack>
        );
      })}
      <Stack>
        <Button variant="secondary" icon="plus" onClick={() => onChange([...patterns, ''])}>
          {addLabel}
        </Button>
        {!isDefault && (
          <Button variant="secondary" fill="text" onClick={() => onChange([...defaults])}>
            {t('config-editor.patterns.reset', 'Back to the default')}
          </Button>
        )}
      </Stack>
    </Stack>
  );
}
