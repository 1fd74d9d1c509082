/** Parameters by API name, nested ones by path. */
export function Parameters({ value }: { readonly value: unknown }) {
  const rows = flatten(value, '');
  return (
    <table class="parameters">
      <tbody>
        {rows.map(([name, text]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function flatten(value: unknown, path: string): readonly (readonly [name: string, text: string])[] {
  if (typeof value !== 'object' || value === null) return [[path || 'none', String(value ?? '')]];
  return Object.entries(value).flatMap(([key, inner]) =>
    flatten(inner, path === '' ? key : `${path}.${key}`),
  );
}
