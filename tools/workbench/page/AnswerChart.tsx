import { FieldType, getFieldDisplayName, type DataFrame } from '@grafana/data';
import { useTheme2 } from '@grafana/ui';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';

const height = 260;

/** A time series as lines; nothing for other answers. */
export function AnswerChart({ frame }: { frame: DataFrame }) {
  const holder = useRef<HTMLDivElement>(null);
  const theme = useTheme2();
  const isSeries = frame.fields[0]?.name === 'time';

  useEffect(() => {
    const element = holder.current;
    if (!element || !isSeries) {
      return;
    }
    const [time, ...values] = frame.fields;
    const numbers = values.filter(({ type }) => type === FieldType.number);
    const axis = { stroke: theme.colors.text.secondary, grid: { stroke: theme.colors.border.weak } };
    const plot = new uPlot(
      {
        width: element.clientWidth,
        height,
        axes: [axis, axis],
        series: [
          {},
          ...numbers.map((field, index) => ({
            label: getFieldDisplayName(field, frame),
            stroke: theme.visualization.getColorByName(
              theme.visualization.palette[index % theme.visualization.palette.length]!
            ),
            width: 2,
            points: { show: true },
          })),
        ],
      },
      [time!.values.map((value: number) => value / 1000), ...numbers.map((field) => field.values as number[])],
      element
    );
    return () => plot.destroy();
  }, [frame, isSeries, theme]);

  return isSeries ? <div ref={holder} role="img" aria-label="Chart" /> : null;
}
