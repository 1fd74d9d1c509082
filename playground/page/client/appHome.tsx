import { useMemo } from 'preact/hooks';
import { Blocks } from './blocks';
import { usePage } from './page';
import { SurfaceContext } from './surface';
import { viewSurface } from './viewSurface';

/** The app's Home tab, as the app published it for this person. */
export function AppHome() {
  const { sections, perform } = usePage();
  const { home } = sections.views;
  const { name } = sections.workspace.app;
  const surface = useMemo(
    () => (home === undefined ? undefined : viewSurface(home, perform)),
    [home, perform],
  );
  return (
    <section class="conversation" aria-label={`${name}, Home`}>
      <h2 class="head">{name} – Home</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
      <section class="messages home" tabIndex={0} aria-label="Home tab">
        {home === undefined ? (
          <p class="empty">{name} has not published this tab yet.</p>
        ) : (
          <SurfaceContext.Provider value={surface}>
            <Blocks blocks={home.blocks} />
          </SurfaceContext.Provider>
        )}
      </section>
    </section>
  );
}
