import { CoreApp, FieldType, toDataFrame } from '@grafana/data';
import { render, screen } from '@testing-library/react';
import { TableHint } from './TableHint';

const rows = toDataFrame({
  meta: { preferredVisualisationType: 'table' },
  fields: [{ name: 'startTime', type: FieldType.time, values: [1] }],
});
const groups = toDataFrame({
  meta: { preferredVisualisationType: 'table' },
  fields: [{ name: 'queue', type: FieldType.string, values: ['sales'] }],
});
const series = toDataFrame({
  meta: { preferredVisualisationType: 'graph' },
  fields: [{ name: 'time', type: FieldType.time, values: [1] }],
});
const hint = () => screen.queryByText(/select the visualization Table/);

test('a panel whose query returns rows of calls says that a table shows them', () => {
  render(<TableHint app={CoreApp.PanelEditor} frames={[rows]} />);
  expect(hint()).toBeInTheDocument();
});

test.each([
  ['Explore, which shows a table by itself', CoreApp.Explore, rows],
  ['groups, which no graph draws', CoreApp.PanelEditor, groups],
  ['time series', CoreApp.PanelEditor, series],
])('nothing is said of %s', (_, app, frame) => {
  render(<TableHint app={app} frames={[frame]} />);
  expect(hint()).not.toBeInTheDocument();
});
