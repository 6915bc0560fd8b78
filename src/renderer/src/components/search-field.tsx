import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useSearchParam } from './use-search-param.ts';

const DELAY = 250;

/** A search box whose text lives in the URL as `q`, a quarter of a second behind the typing. */
export function SearchField({ label, placeholder }: { label: string; placeholder: string }) {
  const [query, setQuery] = useSearchParam('q');
  const [text, setText] = useState(query ?? '');
  const written = useRef(query ?? '');

  // A link or the back button changed the URL: follow it.
  useEffect(() => {
    if ((query ?? '') === written.current) return;
    written.current = query ?? '';
    setText(query ?? '');
  }, [query]);

  useEffect(() => {
    if (text.trim() === written.current) return;
    const timer = setTimeout(() => {
      written.current = text.trim();
      setQuery(text.trim());
    }, DELAY);
    return () => clearTimeout(timer);
  }, [text, setQuery]);

  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={placeholder}
      value={text}
      maxLength={200}
      onChange={(event) => setText(event.currentTarget.value)}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={text && <CloseButton size="sm" aria-label="Clear search" onClick={() => setText('')} />}
      style={{ flex: '1 1 220px', maxWidth: 360 }}
    />
  );
}
