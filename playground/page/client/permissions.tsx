import { usePage } from './page';
import { useWords } from './words';

/** Revokes or restores the account's permission for an action. */
export function Permissions({ action }: { readonly action: string }) {
  const { sections, control } = usePage();
  const words = useWords().cloud;
  const { forbidden } = sections.cloud;
  const set = (name: string, isAllowed: boolean): void =>
    void control({ control: 'setPermission', action: name, isAllowed });
  return (
    <>
      {forbidden.includes(action) ? null : (
        <button type="button" onClick={() => set(action, false)}>
          {words.forbid(action)}
        </button>
      )}
      {forbidden.map((name) => (
        <button key={name} type="button" onClick={() => set(name, true)}>
          {words.permit(name)}
        </button>
      ))}
    </>
  );
}
