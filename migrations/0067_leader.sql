-- A leader reads figures and gives instructions.
alter table accounts drop constraint accounts_roles_check;
alter table accounts add constraint accounts_roles_check check (roles <@ array['agent', 'lead', 'operator', 'reviewer',
  'dispatcher', 'adjudicator', 'supervisor', 'returnVisitor', 'unit', 'leader', 'vendorLead', 'admin']);
