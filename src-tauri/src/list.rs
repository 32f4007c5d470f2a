//! The commands of the window, named once: the build script makes their permissions out of
//! this list and the shell their handler, so that a command in one place only cannot be built.

macro_rules! commands {
    ($use:ident) => {
        $use!(
            app_state,
            check_server,
            sign_up,
            sign_in,
            sign_out,
            invitation_look,
            invitation_accept,
            workspaces,
            workspace,
            workspace_opened,
            members,
            member,
            member_ids,
            role_answer,
            submit,
            invitations,
            invitation_link,
            import_text,
            import_file,
            invite,
            pending,
            pending_undo,
            pending_discard,
            send_now,
            window_ready
        )
    };
}

pub(crate) use commands;
