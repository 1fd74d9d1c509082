import { useMemo } from 'preact/hooks';
import { Blocks } from './blocks';
import { usePage } from './page';
import { SurfaceContext } from './surface';
import { viewSurface } from './viewSurface';
import { useWords } from './words';

/** The app's Home tab for this person. */
export function AppHome() {
  const { sections, perform } = usePage();
  const words = useWords();
  const { home } = sections.views;
  const { name } = sections.workspace.app;
  const surface = useMemo(
    () => (home === undefined ? undefined : viewSurface(home, perform)),
    [home, perform],
  );
  return (
    <section class="conversation" aria-label={words.home(name)}>
      <h2 class="head">{words.home(name)}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: people must reach a scrolling area with the keyboard */}
      <section class="messages home" tabIndex={0} aria-label={words.homeTab}>
        {home === undefined ? (
          <p class="empty">{words.notPublished(name)}</p>
        ) : (
          <SurfaceContext.Provider value={surface}>
            <Blocks blocks={home.blocks} />
          </SurfaceContext.Provider>
        )}
      </section>
    </section>
  );
}
