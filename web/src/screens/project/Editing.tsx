import { createContext, type ReactNode, useContext, useState } from "react";
import { EditMatter } from "./EditMatter";

const Context = createContext<((matter: string) => void) | null>(null);

/** Opens the window in which a matter is corrected, by its id. */
export function useEditing(): (matter: string) => void {
  const edit = useContext(Context);
  if (edit === null) throw new Error("there is no window for corrections around this");
  return edit;
}

/** The window in which matters are corrected. It stands outside of the lists, which a correction may take a matter from. */
export function EditingProvider({ project, children }: { project: string; children: ReactNode }) {
  const [matter, edit] = useState<string | null>(null);
  return (
    <Context.Provider value={edit}>
      {children}
      {matter !== null && <EditMatter key={matter} project={project} id={matter} onClose={() => edit(null)} />}
    </Context.Provider>
  );
}
