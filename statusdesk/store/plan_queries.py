"""The statements by which plans are found and changed, over whole sets; `Plans` says what each is for."""

VALUES = ("state", "due_at", "status_id", "expects_id", "charge", "reason", "flag", "yearly")
AS_IT_IS = {name: f"p.{name}" for name in VALUES}

FOLLOW = """
UPDATE plan SET (state, due_at, status_id, expects_id, charge, reason, flag, yearly, last_step_id, tip) =
    (x.state, x.due_at, x.status_id, x.expects_id, x.charge, x.reason, x.flag, x.yearly, x.id, x.new_tip)
FROM plan_step x WHERE x.id BETWEEN ? AND ? AND plan.id = x.plan_id
"""
WISHES = """
SELECT p.account_id, p.id, p.kind, p.status_id, p.expects_id, p.charge,
    (SELECT l.charge FROM plan l WHERE l.id = p.pair_id AND p.kind = 'return')
FROM plan p WHERE {} ORDER BY p.account_id, p.due_at, p.id
"""
HEAD = """
p.state = 'pending' AND p.due_at = :due AND p.status_id = :status AND NOT EXISTS (SELECT 1 FROM plan q
    WHERE q.account_id = p.account_id AND +q.state = 'pending' AND q.due_at = p.due_at AND q.id < p.id)
"""
TAKING_BACK = """
plan_step x CROSS JOIN plan p ON p.id = x.plan_id LEFT JOIN plan_step b ON b.id = x.previous_id
WHERE x.change_set_id = :reverted AND p.tip = x.new_tip
    AND p.account_id NOT IN (SELECT value FROM json_each(:left))
"""
EXPECTED = """
SELECT s.account_id, s.status_id,
    (SELECT p.status_id FROM plan p WHERE p.account_id = s.account_id AND +p.state = 'pending' AND p.due_at <= :due
    ORDER BY p.due_at DESC, p.id DESC LIMIT 1), s.monthly_charge
FROM temp.selection x CROSS JOIN account_state s ON s.account_id = x.account_id ORDER BY s.account_id
"""
BESIDE = """
SELECT o.id, coalesce((SELECT p.status_id FROM plan p WHERE p.account_id = o.account_id AND +p.state = 'pending'
    AND p.due_at <= coalesce(:due, o.due_at) AND p.id <> o.id ORDER BY p.due_at DESC, p.id DESC LIMIT 1),
    s.status_id)
FROM json_each(:ids) j CROSS JOIN plan o ON o.id = j.value JOIN account_state s ON s.account_id = o.account_id
"""
OPEN_ONES = """
SELECT p.id FROM json_each(:ids) j CROSS JOIN plan p ON p.id = j.value WHERE p.state IN ('pending', 'flagged')
"""
THEIR_RETURNS = """
INSERT OR IGNORE INTO temp.chosen
SELECT r.id FROM temp.chosen c CROSS JOIN plan l ON l.id = c.plan_id CROSS JOIN plan r ON r.pair_id = l.pair_id
WHERE l.kind = 'leave' AND r.kind = 'return' AND r.state IN ('pending', 'flagged')
"""
REOPENED = "b.state = 'pending' AND b.due_at <= :at"
