import type { Ranking } from '../../cdr/highest-groups';
import type { Measure } from '../../cdr/measures';
import type { GroupSums, StatisticsPlan } from '../../cdr/sum-facts';
import type { Selected } from '../../answers/answer-store';
import { SqlQuestions, type Asker } from '../sql/sql-questions';
import type { StoreCounts } from '../store';
import { StoreForm } from './store-form';

/** Questions to a store whose form another process may change: those that depend on it follow. */
export class PostgresQuestions extends SqlQuestions {
  private constructor(
    asker: Asker,
    private readonly form: StoreForm
  ) {
    super(asker, form);
  }

  static async to(asker: Asker): Promise<PostgresQuestions> {
    const form = new StoreForm(asker);
    await form.look();
    return new PostgresQuestions(asker, form);
  }

  override sum(plan: StatisticsPlan, wanted: readonly Measure[], signal?: AbortSignal): Promise<Selected<GroupSums>> {
    return this.form.ask(() => super.sum(plan, wanted, signal), signal);
  }

  override highest(plan: StatisticsPlan, ranking: Ranking, signal?: AbortSignal): Promise<Selected<readonly string[]>> {
    return this.form.ask(() => super.highest(plan, ranking, signal), signal);
  }

  /** Asked seldom, and right only in the store's form: it is looked at before, which also finds sums that are kept again. */
  override async counts(signal?: AbortSignal): Promise<StoreCounts> {
    await this.form.look(signal);
    return super.counts(signal);
  }
}
