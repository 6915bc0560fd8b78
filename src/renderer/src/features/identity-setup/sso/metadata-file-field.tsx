import { IconFileCode, IconUpload } from '@tabler/icons-react';
import type { DragEvent } from 'react';
import { useState } from 'react';
import { Callout } from '../../../components/callout.tsx';
import { readMetadataFile } from './metadata-file.ts';
import styles from './metadata-file-field.module.css';

/** Takes a metadata file by dialog or by drag and drop. */
export function MetadataFileField({
  file,
  onChange,
}: {
  file: { name: string; xml: string } | null;
  onChange: (file: { name: string; xml: string } | null) => void;
}) {
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function take(chosen: File | undefined): Promise<void> {
    if (!chosen) return;
    try {
      setProblem(null);
      onChange(await readMetadataFile(chosen));
    } catch (error) {
      onChange(null);
      setProblem(error instanceof Error ? error.message : 'The file could not be read.');
    }
  }

  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  }

  return (
    <>
      <label
        className={styles.zone}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <input
          type="file"
          className={styles.input}
          aria-label="Metadata file"
          accept=".xml,text/xml,application/xml,application/samlmetadata+xml"
          onChange={(event) => {
            void take(event.currentTarget.files?.[0]);
            // So that the same file can be chosen again after it was changed on disk.
            event.currentTarget.value = '';
          }}
        />
        {file ? (
          <>
            <IconFileCode size={22} stroke={1.5} aria-hidden />
            <span>
              <strong>{file.name}</strong>
              <span className={styles.soft}> Choose or drop another to replace it.</span>
            </span>
          </>
        ) : (
          <>
            <IconUpload size={22} stroke={1.5} aria-hidden />
            <span>
              <strong>Choose the metadata file</strong>
              <span className={styles.soft}> or drop it here. It stays on this computer.</span>
            </span>
          </>
        )}
      </label>
      {problem && <Callout tone="bad">{problem}</Callout>}
    </>
  );
}
