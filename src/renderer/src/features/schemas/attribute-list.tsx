import type { SchemaAttribute } from '../../../../shared/contract/schemas.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import styles from './attribute-list.module.css';
import { peculiarities, TYPE_WORDS } from './attribute-words.ts';

/** The attributes of a schema. With `urn` each can be copied as IdPs want it in their attribute mapping. */
export function AttributeList({ attributes, urn }: { attributes: readonly SchemaAttribute[]; urn?: string }) {
  return (
    <ul className={styles.list}>
      {attributes.map((attribute) => (
        <li key={attribute.name} className={styles.attribute}>
          <AttributeLine
            attribute={attribute}
            {...(urn !== undefined && attribute.type !== 'complex' && { path: `${urn}:${attribute.name}` })}
          />
          {attribute.subAttributes && (
            <ul className={styles.parts}>
              {attribute.subAttributes.map((part) => (
                <li key={part.name}>
                  <AttributeLine
                    attribute={part}
                    {...(urn !== undefined &&
                      !attribute.multiValued && { path: `${urn}:${attribute.name}.${part.name}` })}
                  />
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}

function AttributeLine({ attribute, path }: { attribute: SchemaAttribute; path?: string }) {
  const { name, type, description, canonicalValues } = attribute;
  return (
    <div className={styles.line}>
      <div className={styles.words}>
        <div>
          <code className={styles.name}>{name}</code>
          <span className={styles.type}>{[TYPE_WORDS[type], ...peculiarities(attribute)].join(' · ')}</span>
        </div>
        {description && <div className={styles.soft}>{description}</div>}
        {canonicalValues && <div className={styles.soft}>Usual values: {canonicalValues.join(', ')}</div>}
      </div>
      {path && <CopyButton compact text={path} label={`Copy ${path}`} />}
    </div>
  );
}
