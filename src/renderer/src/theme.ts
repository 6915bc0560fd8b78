import type {
  CSSVariablesResolver,
  MantineColorScheme,
  MantineColorSchemeManager,
  MantineColorsTuple,
} from '@mantine/core';
import { createTheme } from '@mantine/core';

const petrol: MantineColorsTuple = [
  '#eef6f8',
  '#d8eaef',
  '#b2d5df',
  '#84bbca',
  '#5aa3b7',
  '#37879e',
  '#1f6c84',
  '#195a6f',
  '#14495b',
  '#0d3341',
];

const brick: MantineColorsTuple = [
  '#fcefed',
  '#f6dbd8',
  '#edb8b2',
  '#e2908a',
  '#d4675e',
  '#c4493f',
  '#ad3229',
  '#932820',
  '#771f19',
  '#5a1612',
];

/** Warm greys: paper rather than screen. */
const gray: MantineColorsTuple = [
  '#faf9f7',
  '#f4f2ee',
  '#eae7e1',
  '#dcd8d0',
  '#c5c0b6',
  '#a39d92',
  '#7b756b',
  '#5d584f',
  '#3b3833',
  '#22201d',
];

const dark: MantineColorsTuple = [
  '#e0e4e6',
  '#bcc3c7',
  '#9aa4a9',
  '#6c777d',
  '#3f484e',
  '#323a3f',
  '#252c30',
  '#1a1f22',
  '#14181b',
  '#0e1113',
];

/** Rollcall's look: paper and petrol, compact, system fonts. */
export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 6, dark: 6 },
  colors: { petrol, red: brick, gray, dark },
  white: '#ffffff',
  black: '#1f2426',
  fontFamily:
    '-apple-system, BlinkMacSystemFont, "Segoe UI Variable Text", "Segoe UI", Cantarell, Ubuntu, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Mono", "Ubuntu Mono", "Noto Sans Mono", "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.5' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '14px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: {
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.45' },
    },
  },
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    NumberInput: { defaultProps: { size: 'sm' } },
    NativeSelect: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
    // The page never scrolls (its panes do), so there is nothing to lock; locking would add a style tag without nonce.
    Modal: {
      defaultProps: { lockScroll: false, centered: true, transitionProps: { duration: 120 } },
      styles: { title: { fontSize: '1rem', fontWeight: 620 } },
    },
    Drawer: {
      defaultProps: { lockScroll: false, position: 'right', transitionProps: { duration: 140 } },
      styles: { title: { color: 'var(--ink-soft)' } },
    },
  },
});

/** Surfaces and lines that Mantine derives from its own palette and that this theme sets itself. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-dimmed': '#625d54',
    '--mantine-color-placeholder': '#79736a',
    '--mantine-color-default-border': gray[3],
    '--mantine-color-default-hover': gray[1],
    '--mantine-color-error': brick[6],
    '--mantine-color-anchor': petrol[6],
  },
  dark: {
    '--mantine-color-body': dark[7],
    '--mantine-color-text': dark[0],
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-placeholder': '#838e94',
    '--mantine-color-default': dark[6],
    '--mantine-color-default-hover': dark[5],
    '--mantine-color-default-border': dark[4],
    '--mantine-color-error': '#f2968d',
    '--mantine-color-anchor': petrol[3],
  },
});

/** The nonce that the main process wrote into the page; Mantine's style tags carry it. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

/** Starts Mantine with the stored preference; keeping it is the business of `console.prefer`. */
export function preferredColorScheme(initial: MantineColorScheme): MantineColorSchemeManager {
  return { get: () => initial, set: () => {}, subscribe: () => {}, unsubscribe: () => {}, clear: () => {} };
}
