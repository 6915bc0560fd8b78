import type { Schema } from '../../../../shared/contract/schemas.ts';
import { RowLink } from '../../components/row-link.tsx';
import { counted } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import styles from './schema-list.module.css';

/** What a schema is about, in the console's own words. */
export const RESOURCE_WORDS = { User: 'users', Group: 'groups' } as const;

/** Schemas, a line each; the name opens it. */
export function SchemaList({ schemas }: { schemas: readonly Schema[] }) {
  return (
    <ul className={styles.list}>
      {schemas.map(({ id, name, description, resourceType, attributes }) => (
        <li key={id} className={styles.schema}>
          <div className={styles.words}>
            <RowLink to={paths.schemas(id)}>{name}</RowLink>
            <code className={styles.urn}>{id}</code>
            {description && description !== name && <div className={styles.soft}>{description}</div>}
          </div>
          <div className={styles.figures}>
            <span>For {RESOURCE_WORDS[resourceType]}</span>
            <span className={styles.soft}>{counted(attributes.length, 'attribute')}</span>
          </div>
        </li>
      ))}
    </ul>
  );
}
