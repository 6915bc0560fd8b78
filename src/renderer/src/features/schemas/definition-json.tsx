import { Textarea } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { Callout } from '../../components/callout.tsx';
import styles from './definition-json.module.css';

/** Larger than any schema that would be accepted, in bytes. */
const LARGEST = 1_000_000;

/** A definition as JSON: typed, pasted, or read from a file. */
export function DefinitionJson({
  text,
  problem,
  onChange,
}: {
  text: string;
  /** Why the text is no JSON object, as a sentence. */
  problem: string | null;
  onChange: (text: string) => void;
}) {
  const [unread, setUnread] = useState<string | null>(null);

  async function take(file: File | undefined): Promise<void> {
    if (!file) return;
    if (file.size > LARGEST) return setUnread(`${file.name} is too large for a schema.`);
    try {
      setUnread(null);
      onChange(await file.text());
    } catch {
      setUnread(`${file.name} could not be read.`);
    }
  }

  return (
    <div className={styles.json}>
      <Textarea
        label="Definition"
        description="JSON in the form of RFC 7643, section 7: what another SCIM service shows at /Schemas will do."
        placeholder={
          '{\n  "id": "urn:ietf:params:scim:schemas:extension:AcmeHR:2.0:User",\n  "attributes": [{ "name": "badgeNumber", "type": "string" }]\n}'
        }
        value={text}
        rows={12}
        spellCheck={false}
        error={problem}
        classNames={{ input: styles.input ?? '' }}
        onChange={(event) => onChange(event.currentTarget.value)}
        onDrop={(event) => {
          if (event.dataTransfer.files.length === 0) return;
          event.preventDefault();
          void take(event.dataTransfer.files[0]);
        }}
      />
      <label className={styles.file}>
        <IconUpload size={15} stroke={1.7} aria-hidden />
        Choose a file instead
        <input
          type="file"
          className={styles.chooser}
          aria-label="Schema file"
          accept=".json,application/json,application/scim+json"
          onChange={(event) => {
            void take(event.currentTarget.files?.[0]);
            // So that the same file can be chosen again after it was changed on disk.
            event.currentTarget.value = '';
          }}
        />
      </label>
      {unread && <Callout tone="bad">{unread}</Callout>}
    </div>
  );
}
