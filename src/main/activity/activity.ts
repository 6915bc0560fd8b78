import type { ActivityDetail, ActivityRow } from '../../shared/contract/activity.ts';

/** What the listener hands in for each request: everything but the number it gets. */
export interface ActivityEntry extends Omit<ActivityDetail, 'seq' | 'rules'> {
  rules: readonly string[];
  /** Whether it changed the directory. */
  wrote: boolean;
}

/** How often a rule fired on requests of one IdP (null when unknown), and when it last did. */
export interface RuleUse {
  rule: string;
  idp: string | null;
  fired: number;
  lastFiredAt: string;
}

/** Facts about all requests together, for the overview. */
export interface ActivitySummary {
  firstAuthenticatedAt: string | null;
  lastWriteAt: string | null;
  lastAt: string | null;
  lastFailure: { time: string; status: number; reason: string | null } | null;
  /** `ours` are failures of callers that hold one of our tokens: what strangers get wrong is not the IdP's trouble. */
  lastHour: { total: number; failed: number; ours: number };
}

/** The request log's file; implemented by the store. */
export interface ActivityStore {
  /** Appends in one transaction and returns the number of the first. */
  append(entries: readonly ActivityEntry[]): number;
  list(query: {
    before?: number | undefined;
    limit: number;
    failed: boolean;
    search?: string | undefined;
    rule?: string | undefined;
  }): ActivityRow[];
  /** Oldest first, from a number on. */
  since(seq: number, limit: number, failed: boolean, rule?: string): ActivityRow[];
  get(seq: number): ActivityDetail | undefined;
  summary(hourAgo: string): ActivitySummary;
  /** How often each rule of the IdP profile fired, per IdP, most first; purged rows stay counted. */
  ruleUses(): RuleUse[];
  /** Names of attributes that were sent and ignored lately. */
  ignoredAttributes(): Set<string>;
  lastUse(tokenId: string): { lastUsedAt: string; lastUsedFrom: string } | undefined;
}

export interface Activity {
  /** Takes a row; never throws, never waits. */
  append(entry: ActivityEntry): void;
  onAppended(listener: (rows: ActivityRow[], dropped: number) => void): void;
  /** Writes what is queued. */
  close(): Promise<void>;
}

/**
 * Rows are handed over within this time. Kept short for the collector's sake: what waits longer than a collection of the
 * young takes is moved among the old, where it stays until they are collected, which is rarely.
 */
const FLUSH_MS = 20;
/** Beyond this the log gives up rows rather than memory or an answer's time; it says how many. */
const QUEUE_LIMIT = 10_000;
const BATCH = 200;

/** Where rows are written: here, or on a thread of its own. */
export interface ActivitySink {
  /** Appends entries, each as JSON, in one transaction and gives the number of the first. */
  append(entries: readonly string[]): number | Promise<number>;
  close(): void | Promise<void>;
}

/** Writes on this thread. */
export function createDirectSink(store: Pick<ActivityStore, 'append'>): ActivitySink {
  return {
    append: (entries) => store.append(entries.map((entry) => JSON.parse(entry) as ActivityEntry)),
    close: () => {},
  };
}

/** An entry in the queue. */
interface Queued {
  /**
   * As JSON from the start: the entry itself would keep the whole answer alive that its body was cut from, a page of a
   * hundred users for every row that waits.
   */
  json: string;
  /** What is shown of it, where somebody watches. */
  row: Omit<ActivityRow, 'seq'> | undefined;
}

/** The request log: a bounded queue in front of its own database file, so that it can't fail or slow an answer. */
export function createActivity(
  sink: ActivitySink,
  log: (message: string, error?: unknown) => void,
): Activity {
  const queue: Queued[] = [];
  const listeners: ((rows: ActivityRow[], dropped: number) => void)[] = [];
  let dropped = 0;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;

  async function writeBatch(): Promise<void> {
    const entries = queue.splice(0, BATCH);
    const lost = dropped;
    dropped = 0;
    try {
      const first = await sink.append(entries.map(({ json }) => json));
      const rows = entries.flatMap(({ row }, index) => (row ? [{ seq: first + index, ...row }] : []));
      for (const listener of listeners) listener(rows, lost);
    } catch (error) {
      dropped += lost + entries.length;
      log(`${entries.length} rows of the request log could not be written`, error);
    }
    if (lost > 0)
      log(`${lost} rows of the request log were given up: they came faster than the disk takes them`);
  }

  /** One batch at a time, until nothing waits. */
  async function writeAll(): Promise<void> {
    while (queue.length > 0) await writeBatch();
    writing = undefined;
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing ??= writeAll();
    return writing;
  }

  return {
    append(entry) {
      if (queue.length >= QUEUE_LIMIT) dropped += 1;
      else queue.push({ json: JSON.stringify(entry), row: listeners.length > 0 ? toRow(entry) : undefined });
      // What is being written takes along whatever comes meanwhile.
      if (!writing) timer ??= setTimeout(() => void flush(), FLUSH_MS);
    },
    onAppended: (listener) => {
      listeners.push(listener);
    },
    async close() {
      await flush();
      await sink.close();
    },
  };
}

function toRow(entry: ActivityEntry): Omit<ActivityRow, 'seq'> {
  const {
    userAgent: _a,
    query: _b,
    requestBody: _c,
    responseBody: _d,
    steps: _e,
    changed: _f,
    ignored: _g,
    wrote: _h,
    ...row
  } = entry;
  return { ...row, rules: [...row.rules] };
}
