import { useConnectionState } from '../host/host-context.tsx';
import { Guarded } from '../pages/workbench/guarded.tsx';
import { UnauthorisedPage } from '../pages/unauthorised-page.tsx';
import { WorkbenchPage } from '../pages/workbench/workbench-page.tsx';

export function App() {
  const connection = useConnectionState();
  switch (connection.kind) {
    case 'unauthorised':
      return <UnauthorisedPage />;
    case 'connecting':
    case 'open':
    case 'lost':
      return (
        <Guarded title="Strata">
          <WorkbenchPage />
        </Guarded>
      );
  }
}
