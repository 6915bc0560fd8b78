/** A bar of {@link ratioPlot}. */
export interface Bar {
  label: string;
  value: number;
  /** Drawn as a mark across the bar. */
  target?: number | undefined;
}

/** A line of {@link growthPlot}. */
export interface Line {
  label: string;
  points: readonly { x: number; y: number }[];
}

const FONT = 'font-family="system-ui, sans-serif" font-size="12"';
const INK = '#1f2933';
const FAINT = '#9aa5b1';
const COLOURS = ['#2563eb', '#059669', '#d97706', '#dc2626', '#7c3aed', '#0891b2', '#be185d', '#4d7c0f'];

/** Horizontal bars from 0, with a line at 1 and a mark at each target; an SVG document. */
export function ratioPlot(title: string, bars: readonly Bar[]): string {
  const left = 290;
  const width = 420;
  const row = 24;
  const height = 60 + bars.length * row;
  const most = Math.max(1.2, ...bars.flatMap(({ value, target }) => [value, target ?? 0])) * 1.05;
  const at = (value: number) => round(left + (value / most) * width);
  const rows = bars.map(({ label, value, target }, index) => {
    const top = 40 + index * row;
    const met = target === undefined || value >= target;
    return [
      `<text x="${left - 8}" y="${top + 13}" text-anchor="end">${escapeText(label)}</text>`,
      `<rect x="${left}" y="${top}" width="${round(at(value) - left)}" height="16" fill="${met ? COLOURS[0] : COLOURS[2]}"/>`,
      `<text x="${at(value) + 6}" y="${top + 13}">${value.toFixed(2)}</text>`,
      ...(target === undefined
        ? []
        : [
            `<line x1="${at(target)}" y1="${top - 3}" x2="${at(target)}" y2="${top + 19}" stroke="${INK}" stroke-width="2"/>`,
          ]),
    ].join('');
  });
  const unit = `<line x1="${at(1)}" y1="32" x2="${at(1)}" y2="${height - 12}" stroke="${FAINT}" stroke-dasharray="3 3"/>`;
  return document(left + width + 60, height, title, [unit, ...rows]);
}

/** Lines over a logarithmic x axis, each divided by its own first point: how many times the cost grows. */
export function growthPlot(title: string, lines: readonly Line[]): string {
  const [left, top, width, height] = [60, 40, 420, 260];
  const relative = lines.map(({ label, points }) => ({
    label,
    points: points.map(({ x, y }) => ({ x, y: y / (points[0]?.y ?? Number.NaN) })),
  }));
  const xs = [...new Set(relative.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  const [low = 1, high = 10] = [xs[0], xs.at(-1)];
  const most = Math.max(
    4.4,
    ...relative.flatMap(({ points }) => points.map(({ y }) => y)).filter(Number.isFinite),
  );
  // Beyond ten times only the logarithm keeps the small ones apart.
  const scale =
    most > 10
      ? (y: number) => Math.log10(Math.max(y, 0.5) / 0.5) / Math.log10(most / 0.5)
      : (y: number) => y / most;
  const atX = (x: number) =>
    round(left + (Math.log10(x / low) / Math.max(1e-9, Math.log10(high / low))) * width);
  const atY = (y: number) => round(top + height - scale(y) * height);
  const marks = [1, 2, 4, 10, 100, 1000].filter((mark) => mark <= most);
  const grid = [
    ...marks.map(
      (mark) =>
        `<line x1="${left}" y1="${atY(mark)}" x2="${left + width}" y2="${atY(mark)}" stroke="${FAINT}" stroke-dasharray="3 3"/><text x="${left - 8}" y="${atY(mark) + 4}" text-anchor="end">${mark} ×</text>`,
    ),
    ...xs.map(
      (x) =>
        `<text x="${atX(x)}" y="${top + height + 20}" text-anchor="middle">${x.toLocaleString('en')}</text>`,
    ),
  ];
  const drawn = relative.map(({ label, points }, index) => {
    const colour = COLOURS[index % COLOURS.length];
    const path = points.map(({ x, y }) => `${atX(x)},${atY(y)}`).join(' ');
    const y = top + 10 + index * 18;
    return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/><rect x="${left + width + 20}" y="${y - 8}" width="10" height="10" fill="${colour}"/><text x="${left + width + 36}" y="${y + 2}">${escapeText(label)}</text>`;
  });
  return document(left + width + 220, top + height + 40, title, [...grid, ...drawn]);
}

function document(width: number, height: number, title: string, content: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" ${FONT} fill="${INK}">`,
    `<title>${escapeText(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="12" y="20" font-size="14" font-weight="600">${escapeText(title)}</text>`,
    ...content,
    '</svg>',
    '',
  ].join('\n');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
