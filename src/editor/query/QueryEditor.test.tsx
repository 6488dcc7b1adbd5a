import { CoreApp, FieldType, toDataFrame, type PanelData } from '@grafana/data';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState, type ComponentProps } from 'react';
import type { Condition } from '../../cdr/conditions';
import type { CdrDataSource } from '../../datasource/data-source';
import type { PanelQuery } from '../../datasource/panel-query';
import { QueryEditor } from './QueryEditor';

const suggest = jest.fn((field: string) =>
  Promise.resolve(
    ({ queue: ['sales', 'support'], customFields: ['Tenant'], 'custom.Tenant': ['acme'] }[field] ?? []).map(
      (value) => ({
        value,
        text: value === 'sales' ? 'Sales desk (sales)' : value,
      })
    )
  )
);

beforeEach(() => suggest.mockClear());

/** The editor as a panel holds it: each change comes back as the query. Frozen, so that nothing is changed in place. */
async function editor(
  saved: Omit<PanelQuery, 'refId'>,
  canExport = true,
  app?: CoreApp,
  around: Partial<ComponentProps<typeof QueryEditor>> = {}
) {
  const changes: PanelQuery[] = [];
  const onRunQuery = jest.fn();
  function Panel() {
    const [query, setQuery] = useState<PanelQuery>(deepFreeze({ refId: 'A', ...saved }));
    return (
      <QueryEditor
        datasource={{ suggest, canExport } as unknown as CdrDataSource}
        app={app}
        query={query}
        onChange={(next) => {
          changes.push(next);
          setQuery(deepFreeze(next));
        }}
        onRunQuery={onRunQuery}
        {...around}
      />
    );
  }
  const { unmount, rerender } = render(<Panel />);
  // The custom fields arrive after the first drawing.
  await screen.findByLabelText('Add filter');
  const drawAgain = (): void => rerender(<Panel />);
  return { user: userEvent.setup(), onRunQuery, last: () => changes.at(-1), changes, unmount, drawAgain };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}

async function pick(user: ReturnType<typeof userEvent.setup>, label: string, option: string) {
  await user.click(screen.getByLabelText(label));
  const [first] = await screen.findAllByRole('option', { name: new RegExp(`^${option}`) });
  await user.click(first!);
}

test('picking a question sets its form and asks it, keeping the filters', async () => {
  const { user, last, onRunQuery } = await editor({ queryType: 'calls', filters: { server: ['pbx'] } });
  await pick(user, 'Question', 'Answer rate');
  expect(last()).toEqual({
    refId: 'A',
    queryType: 'statistics',
    metrics: ['answerRate'],
    groupBy: [],
    format: 'timeseries',
    filters: { server: ['pbx'] },
  });
  expect(onRunQuery).toHaveBeenCalledTimes(1);
  expect(screen.getByLabelText('Question')).toHaveValue('Answer rate');
});

test('the rows of a question can be exported, but not without a server part', async () => {
  const { unmount } = await editor({ queryType: 'lostCallers' });
  expect(screen.getByRole('button', { name: 'Export…' })).toBeVisible();
  unmount();
  await editor({ queryType: 'lostCallers' }, false);
  expect(screen.queryByRole('button', { name: 'Export…' })).not.toBeInTheDocument();
});

test('a journey asks for a linked ID at once, and says how else a call is found', async () => {
  const { user, last } = await editor({ queryType: 'calls' });
  expect(screen.queryByText(/Enter a linked ID/)).not.toBeInTheDocument();
  await pick(user, 'Question', 'Journey of a call');
  expect(screen.getByText('Enter a linked ID, or click a call in the question Calls.')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Export…' })).not.toBeInTheDocument();
  await user.click(screen.getByLabelText('Linked ID'));
  await user.keyboard('1795525200.1');
  await user.click(await screen.findByRole('option', { name: /1795525200\.1/ }));
  expect(last()).toMatchObject({ queryType: 'journey', filters: { linkedId: ['1795525200.1'] } });
  expect(screen.queryByText(/Enter a linked ID/)).not.toBeInTheDocument();
});

test.each([
  ['Question', { queryType: 'calls' }, 'Answer rate'],
  ['Sort by', { queryType: 'calls' }, 'Duration'],
  ['Counted', { queryType: 'statistics', metrics: ['serviceLevelPct'], groupBy: ['queue'] }, 'Of all offered'],
  ['Days and hours of', { queryType: 'statistics', metrics: ['totalCalls'], groupBy: [] }, 'Dashboard'],
] as const)('what is typed into %s stays while calls arrive', async (label, saved, option) => {
  const { user, drawAgain } = await editor(saved as unknown as Omit<PanelQuery, 'refId'>);
  const typed = option.slice(0, -1);
  await user.click(screen.getByLabelText(label));
  await user.keyboard(typed);
  drawAgain();
  expect(screen.getByLabelText(label)).toHaveValue(typed);
  expect(await screen.findByRole('option', { name: new RegExp(`^${option}`) })).toBeVisible();
});

test('a question is picked by keyboard alone', async () => {
  const { user, last } = await editor({ queryType: 'calls' });
  await user.tab();
  expect(screen.getByLabelText('Question')).toHaveFocus();
  await user.keyboard('call rec{Enter}');
  expect(last()).toMatchObject({ queryType: 'records' });
});

test('custom statistics open the figures of the question before', async () => {
  const { user, last } = await editor({ queryType: 'statistics', metrics: ['answerRate'], groupBy: [] });
  expect(screen.queryByLabelText('Figures')).not.toBeInTheDocument();
  await pick(user, 'Question', 'Custom statistics');
  expect(last()).toMatchObject({ metrics: ['answerRate'] });
  expect(screen.getByLabelText('Figures')).toBeInTheDocument();
});

test('custom statistics stay open when they come to have the figures of another question', async () => {
  const { user, last } = await editor({ queryType: 'statistics', metrics: ['answerRate', 'totalCalls'] });
  await pick(user, 'Figures', 'Total calls');
  expect(last()).toMatchObject({ metrics: ['answerRate'] });
  expect(screen.getByLabelText('Question')).toHaveValue('Custom statistics');
});

test('custom statistics take figures and groups, custom fields among them', async () => {
  const { user, last } = await editor({ queryType: 'statistics', metrics: ['totalCalls'] });
  await pick(user, 'Figures', 'Longest wait time');
  expect(last()).toMatchObject({ metrics: ['totalCalls', 'longestWaitTime'] });
  await pick(user, 'By', 'Tenant');
  expect(last()).toMatchObject({ groupBy: ['custom.Tenant'] });
});

test('columns of this moment are chosen, and given up with the question', async () => {
  const { user, last } = await editor({ queryType: 'servers' });
  await pick(user, 'Columns', 'Last heard');
  expect(last()).toMatchObject({ queryType: 'servers', columns: ['silentSeconds'] });
  await pick(user, 'Question', 'Queues now');
  expect(last()?.columns).toBeUndefined();
});

test('without a figure the editor says what to do', async () => {
  await editor({ queryType: 'statistics', metrics: [] });
  expect(screen.getByText(/Pick at least one figure/)).toBeInTheDocument();
});

test('an interval is asked when the field is left, not with each key', async () => {
  const { user, changes, onRunQuery } = await editor({
    queryType: 'statistics',
    metrics: ['answerRate'],
    format: 'timeseries',
  });
  await user.type(screen.getByLabelText('Interval'), '15m');
  expect(changes).toEqual([]);
  await user.tab();
  expect(changes).toEqual([expect.objectContaining({ interval: '15m' })]);
  expect(onRunQuery).toHaveBeenCalledTimes(1);
});

test('a legend is asked when the field is left, of time series alone', async () => {
  const { user, last } = await editor({ queryType: 'statistics', metrics: ['answerRate'], format: 'timeseries' });
  await user.type(screen.getByLabelText('Legend'), '{{{{queue}}{Enter}');
  expect(last()).toMatchObject({ legend: '{{queue}}' });
  await user.click(screen.getByRole('radio', { name: 'Table' }));
  expect(screen.queryByLabelText('Legend')).not.toBeInTheDocument();
});

test('an interval that can not be read is told wrong', async () => {
  const { user } = await editor({ queryType: 'statistics', metrics: ['answerRate'], format: 'timeseries' });
  await user.type(screen.getByLabelText('Interval'), 'hourly{Enter}');
  expect(screen.getByText(/"hourly" is not a width/)).toBeInTheDocument();
});

test('a table has no interval', async () => {
  const { user, last } = await editor({ queryType: 'statistics', metrics: ['answerRate'], format: 'timeseries' });
  await user.click(screen.getByRole('radio', { name: 'Table' }));
  expect(last()).toMatchObject({ format: 'table' });
  expect(screen.queryByLabelText('Interval')).not.toBeInTheDocument();
});

test('rows are sorted and limited; a limit beyond the most becomes the most', async () => {
  const { user, last } = await editor({ queryType: 'calls' });
  await pick(user, 'Sort by', 'Duration');
  await user.click(screen.getByRole('radio', { name: 'Ascending' }));
  await user.type(screen.getByLabelText('Limit'), '9999999{Enter}');
  expect(last()).toMatchObject({ sortBy: 'duration', sortOrder: 'asc', limit: 100_000 });
});

test('the service level has a threshold and a definition, shown only where it is asked', async () => {
  const { user, last } = await editor({ queryType: 'statistics', metrics: ['serviceLevelPct'], groupBy: [] });
  await user.type(screen.getByLabelText('Answered within'), '30{Enter}');
  await pick(user, 'Counted', "Asterisk's SL2");
  expect(last()).toMatchObject({ serviceLevelThreshold: 30, serviceLevelDefinition: 'asterisk2' });
  await pick(user, 'Question', 'Calls');
  expect(screen.queryByLabelText('Answered within')).not.toBeInTheDocument();
});

test('short abandons have a threshold, shown only where a figure goes by it', async () => {
  const { user, last } = await editor({ queryType: 'statistics', metrics: ['serviceLevelPct'], groupBy: [] });
  expect(screen.queryByLabelText('Short abandons within')).not.toBeInTheDocument();
  await pick(user, 'Counted', 'Without short abandons');
  await user.type(screen.getByLabelText('Short abandons within'), '5{Enter}');
  expect(last()).toMatchObject({ serviceLevelDefinition: 'without-short-abandons', shortAbandonThreshold: 5 });
});

test('lost callers have hours in which they are to be reached', async () => {
  const { user, last } = await editor({ queryType: 'calls' });
  expect(screen.queryByLabelText('Reached within')).not.toBeInTheDocument();
  await pick(user, 'Question', 'Lost callers');
  await user.type(screen.getByLabelText('Reached within'), '4{Enter}');
  expect(last()).toMatchObject({ queryType: 'lostCallers', callBackHours: 4 });
  expect(screen.queryByLabelText('Repeated within')).not.toBeInTheDocument();
});

test('repeated callers have days in which they call again', async () => {
  const { user, last } = await editor({ queryType: 'calls' });
  await pick(user, 'Question', 'Repeated callers');
  await user.type(screen.getByLabelText('Repeated within'), '14{Enter}');
  expect(last()).toMatchObject({ queryType: 'repeatedCallers', repeatDays: 14 });
  expect(screen.queryByLabelText('Reached within')).not.toBeInTheDocument();
});

test('bands have bounds of their own, shown only where they are grouped by; what is no list is never asked', async () => {
  const { user, last, onRunQuery } = await editor({ queryType: 'statistics', metrics: ['callsOffered'], groupBy: [] });
  expect(screen.queryByLabelText('Bands up to')).not.toBeInTheDocument();
  await pick(user, 'By', 'Wait time band');
  expect(screen.getByLabelText('Bands up to')).toHaveAttribute('placeholder', '10, 20, 30, 60, 120');
  await user.type(screen.getByLabelText('Bands up to'), '15, 45{Enter}');
  expect(last()).toMatchObject({ groupBy: ['waitBand'], bands: [15, 45] });
  onRunQuery.mockClear();
  await user.clear(screen.getByLabelText('Bands up to'));
  await user.type(screen.getByLabelText('Bands up to'), '45, 15{Enter}');
  expect(screen.getByText(/"45, 15" is no list of bands/)).toBeInTheDocument();
  expect(onRunQuery).not.toHaveBeenCalled();
  expect(last()).toMatchObject({ bands: [15, 45] });
});

test('a heat map shows one figure by hour and weekday, and leaves other groups to the other formats', async () => {
  const { user, last } = await editor({
    ...{ queryType: 'statistics', metrics: ['callsOffered', 'callsAnswered'], groupBy: ['queue'], format: 'table' },
  });
  await user.click(screen.getByRole('radio', { name: 'Heat map' }));
  expect(last()).toMatchObject({ format: 'heatmap', metrics: ['callsOffered'], groupBy: ['hourOfDay', 'dayOfWeek'] });
  expect(screen.queryByLabelText('By')).not.toBeInTheDocument();
  await pick(user, 'Figures', 'Answer rate');
  expect(last()).toMatchObject({ metrics: ['answerRate'] });
  await user.click(screen.getByRole('radio', { name: 'Time series' }));
  expect(last()).toMatchObject({ format: 'timeseries', groupBy: [] });
});

test("days and hours are the PBX's or the dashboard's; a zone in the saved query stays on offer", async () => {
  const { user, last } = await editor({ queryType: 'statistics', metrics: ['totalCalls'], timeZone: 'Asia/Tokyo' });
  expect(screen.getByLabelText('Days and hours of')).toHaveValue('Asia/Tokyo');
  await pick(user, 'Days and hours of', 'Dashboard');
  expect(last()).toMatchObject({ timeZone: 'dashboard' });
});

test('the live switch is a switch', async () => {
  const { user, last } = await editor({ queryType: 'calls' });
  await user.click(screen.getByRole('switch', { name: 'Live' }));
  expect(last()).toMatchObject({ live: true });
});

test('a filter is added, filled from the store and removed', async () => {
  const { user, last, onRunQuery } = await editor({ queryType: 'calls', filters: { server: ['pbx'] } });
  await pick(user, 'Add filter', 'Queue');
  expect(onRunQuery).not.toHaveBeenCalled();
  expect(screen.getByLabelText('Queue')).toHaveFocus();
  expect(screen.getByLabelText('Add filter')).toHaveValue('');
  await pick(user, 'Queue', 'support');
  expect(suggest).toHaveBeenCalledWith('queue', { server: ['pbx'] });
  expect(last()?.filters).toEqual({ server: ['pbx'], queue: ['support'] });
  await user.click(screen.getByRole('button', { name: 'Remove filter Queue' }));
  expect(last()?.filters).toEqual({ server: ['pbx'] });
  expect(screen.queryByLabelText('Queue')).not.toBeInTheDocument();
});

test('a value that the store does not know, such as a variable, can be typed', async () => {
  const { user, last } = await editor({ queryType: 'calls', filters: { queue: ['sales'] } });
  await user.click(screen.getByLabelText('Queue'));
  await user.keyboard('$queue');
  await user.click(await screen.findByRole('option', { name: /^\$queue/ }));
  expect(last()?.filters).toEqual({ queue: ['sales', '$queue'] });
});

test('a suggested value is picked by keyboard alone', async () => {
  const { user, last } = await editor({ queryType: 'calls' });
  await pick(user, 'Add filter', 'Queue');
  await user.keyboard('supp');
  await screen.findByRole('option', { name: 'support' });
  // The first option is the text as typed.
  await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
  expect(last()?.filters).toEqual({ queue: ['support'] });
});

test('a value is shown with its name, and is saved as the id that it is', async () => {
  const { user, last } = await editor({ queryType: 'calls', filters: { queue: ['sales'] } });
  expect(await screen.findByText('Sales desk (sales)')).toBeInTheDocument();
  await user.click(screen.getByLabelText('Queue'));
  await user.keyboard('desk');
  expect(await screen.findByRole('option', { name: /^Sales desk \(sales\)/ })).toBeInTheDocument();
  await user.keyboard('{Escape}');
  await pick(user, 'Queue', 'support');
  expect(last()?.filters).toEqual({ queue: ['sales', 'support'] });
});

test('a custom field of the store can be filtered by', async () => {
  const { user, last } = await editor({ queryType: 'calls' });
  await pick(user, 'Add filter', 'Tenant');
  await pick(user, 'Tenant', 'acme');
  expect(last()?.filters).toEqual({ custom: { Tenant: ['acme'] } });
});

test('source and durations are asked when their field is left', async () => {
  const { user, changes } = await editor({ queryType: 'calls', filters: { source: '49', minDuration: 5 } });
  const filters = within(screen.getByRole('group', { name: 'Filters' }));
  await user.type(filters.getByLabelText('Source'), '30');
  await user.tab();
  await user.clear(filters.getByLabelText('Shortest duration'));
  await user.tab();
  expect(changes.map((query) => query.filters)).toEqual([{ source: '4930', minDuration: 5 }, { source: '4930' }]);
});

test('several parts of a number are typed with commas, and shown so', async () => {
  const { user, last } = await editor({ queryType: 'calls', filters: { source: ['030', '040'] } });
  const source = screen.getByLabelText('Source');
  expect(source).toHaveValue('030, 040');
  await user.type(source, ',089');
  await user.tab();
  expect(last()?.filters).toEqual({ source: ['030', '040', '089'] });
  await user.clear(source);
  await user.tab();
  expect(last()?.filters).toEqual({});
});

test('conditions that came with a dashboard’s ad hoc filters are seen, and removed one by one', async () => {
  const conditions: Condition[] = [
    { field: 'queue', operator: '!=', values: ['sales', 'support'] },
    { field: 'custom.Tenant', operator: '=~', values: ['ac.*'] },
  ];
  const { user, changes, onRunQuery } = await editor({ queryType: 'calls', filters: { agent: ['1001'], conditions } });
  expect(screen.getByText('Queue != sales, support')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Remove filter Queue != sales, support' }));
  expect(screen.queryByText('Queue != sales, support')).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Remove filter Tenant =~ ac.*' }));
  expect(changes.map(({ filters }) => filters)).toEqual([
    { agent: ['1001'], conditions: [conditions[1]] },
    { agent: ['1001'] },
  ]);
  expect(onRunQuery).toHaveBeenCalledTimes(2);
});

test.each([
  [CoreApp.UnifiedAlerting, 0],
  [CoreApp.PanelEditor, 1],
  [CoreApp.Explore, 1],
])('live updates are offered where Grafana can show them: in %s %d times', async (app, times) => {
  await editor({ queryType: 'queueStatus' }, true, app);
  expect(screen.queryAllByLabelText('Live')).toHaveLength(times);
});

test('live updates are not offered for annotations, which Grafana asks for once', async () => {
  const annotation = { name: 'Gaps', enable: true, iconColor: 'red' };
  await editor({ queryType: 'annotations' }, true, undefined, { annotation });
  expect(screen.queryByLabelText('Live')).toBeNull();
});

test.each([
  [true, '__expr__', 1],
  [false, '__expr__', 0],
  [true, 'amiws-cdr-datasource', 0],
])('a live query (%s) says that it stands still beside an expression: %s', async (live, type, times) => {
  const queries = [{ refId: 'A' }, { refId: 'B', datasource: { type, uid: type } }];
  await editor({ queryType: 'queueStatus', live }, true, CoreApp.PanelEditor, { queries });
  expect(screen.queryAllByText(/^A panel with an expression does not update live/)).toHaveLength(times);
});

test('a bound of seconds is a number or a variable', async () => {
  const { user, changes } = await editor({ queryType: 'calls', filters: { minWaitTime: 5, maxTalkTime: '$most' } });
  const filters = within(screen.getByRole('group', { name: 'Filters' }));
  expect(filters.getByLabelText('Longest talk time')).toHaveValue('$most');
  const wait = filters.getByLabelText('Shortest wait time');
  await user.clear(wait);
  await user.type(wait, '$least');
  await user.tab();
  await user.clear(wait);
  await user.type(wait, '60.4');
  await user.tab();
  expect(changes.map((query) => query.filters?.minWaitTime)).toEqual(['$least', 60]);
});

test('a store that can not be asked leaves the editor usable', async () => {
  suggest.mockImplementationOnce(() => Promise.reject(new Error('502')));
  const { user, last } = await editor({ queryType: 'calls' });
  await pick(user, 'Add filter', 'Outcome');
  await pick(user, 'Outcome', 'abandoned');
  expect(last()?.filters).toEqual({ outcome: ['abandoned'] });
});

test('calls at the same time are filtered by what is so of a whole call, not by when it began', async () => {
  const { user } = await editor({ queryType: 'calls' });
  await pick(user, 'Question', 'Busiest hours');
  await user.click(screen.getByLabelText('Add filter'));
  const offered = async () => (await screen.findAllByRole('option')).map(({ textContent }) => textContent);
  expect(await offered()).toEqual(expect.arrayContaining(['Queue', 'Trunk', 'Direction']));
  expect(await offered()).not.toEqual(expect.arrayContaining(['Day of week']));
  await user.keyboard('{Escape}');
  await pick(user, 'Question', 'Answer rate');
  await user.click(screen.getByLabelText('Add filter'));
  expect(await offered()).toEqual(expect.arrayContaining(['Day of week']));
});

test.each([
  ['A', 1],
  ['B', 0],
])('a panel whose query A gets rows says that a table shows them: for rows of %s %d times', async (refId, times) => {
  const rows = toDataFrame({
    refId,
    meta: { preferredVisualisationType: 'table' },
    fields: [{ name: 'startTime', type: FieldType.time, values: [1] }],
  });
  render(
    <QueryEditor
      datasource={{ suggest } as unknown as CdrDataSource}
      app={CoreApp.PanelEditor}
      query={{ refId: 'A', queryType: 'calls' }}
      data={{ series: [rows] } as unknown as PanelData}
      onChange={() => undefined}
      onRunQuery={() => undefined}
    />
  );
  await screen.findByLabelText('Add filter');
  expect(screen.queryAllByText(/select the visualization Table/)).toHaveLength(times);
});
