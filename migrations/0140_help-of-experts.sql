-- An expert on the line types to the agent who asked him (D10): a line in the thread of the call, meant for that agent.
alter table help_lines add column meant_for uuid references accounts (id);
