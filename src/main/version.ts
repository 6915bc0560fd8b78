import manifest from '../../package.json' with { type: 'json' };

/** The version of this Rollcall, from the one place that states it. */
export const VERSION: string = manifest.version;
