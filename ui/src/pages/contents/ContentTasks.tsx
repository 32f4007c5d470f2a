// What is being done with a record, or with a new one: the dialog of each.

import type { ContentKind } from '../../backend/types.ts';
import { ContentForm } from './ContentForm.tsx';
import { DeleteContent } from './DeleteContent.tsx';

/** What a task of this page is about. */
export type ContentTask =
  | { task: 'create' }
  | { task: 'edit' | 'delete'; id: string; name: string };

interface TasksProps {
  workspace: string;
  kind: ContentKind;
  task: ContentTask | null;
  onClose: () => void;
  onCreated: (id: string) => void;
  onDeleted: (id: string) => void;
}

export function ContentTasks({ workspace, kind, task, onClose, onCreated, onDeleted }: TasksProps) {
  if (task === null) return null;
  switch (task.task) {
    case 'create':
      return (
        <ContentForm
          workspace={workspace}
          kind={kind}
          id={null}
          onClose={onClose}
          onCreated={onCreated}
        />
      );
    case 'edit':
      return (
        <ContentForm
          workspace={workspace}
          kind={kind}
          id={task.id}
          onClose={onClose}
          onCreated={onCreated}
        />
      );
    case 'delete':
      return (
        <DeleteContent
          workspace={workspace}
          kind={kind}
          id={task.id}
          name={task.name}
          onClose={onClose}
          onDeleted={() => onDeleted(task.id)}
        />
      );
  }
}
